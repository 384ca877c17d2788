/*
 * One writer a store. A store is the folder of one user's vdirs, called ROOT;
 * it is one when it has a folder ROOT/.kalends, where the lock is, and later
 * the journal and outbox of invitations. A vdir that lies in no such folder is
 * a store of its own.
 *
 * Locks are flock(2)'s: they end with the process, however it ends. Taken are,
 * in this order,
 *
 *	ROOT/.kalends/lock	where the vdir's parent is a store
 *	the vdir's folder	(DIR/.kalends/lock where a folder cannot be
 *				locked, as on NFS)
 *
 * and, only while changes are put in place, `.Radicale.lock` of the folder that
 * Radicale serves, where the vdir lies in one: it is one lock for all of its
 * users. vdirsyncer and khal lock nothing; vdir.h says what guards against
 * them. Readers need no lock.
 */
#ifndef KALENDS_STORE_LOCK_H
#define KALENDS_STORE_LOCK_H

#include "base/error.h"

struct store_lock {
	int root, folder, radicale; /* descriptors; -1: none */
};

/* Waits until it has the locks of the vdir that `folder` is open on. With
 * `held` the caller has ROOT's and only the folder's is taken. */
bool store_lock_take(struct store_lock *lock, int folder, bool held,
    struct error *err);
void store_lock_release(struct store_lock *lock);

/* Takes the lock of a store by its folder, made where it is missing: for who
 * reads, decides and writes in several of its vdirs. -1 on ERR_IO; close(2)
 * gives it back. */
int store_lock_root(const char *root, struct error *err);

/* Around putting changes in place. */
bool store_lock_enter(const struct store_lock *lock, struct error *err);
void store_lock_leave(const struct store_lock *lock);

#endif
