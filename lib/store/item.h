/*
 * An item of a vdir: a file with one object. What is in it, without its bytes.
 */
#ifndef KALENDS_STORE_ITEM_H
#define KALENDS_STORE_ITEM_H

#include "base/digest.h"
#include "cal/gather.h"
#include "text/reader.h"

#define ITEM_NAME 256

struct vdir_item {
	char name[ITEM_NAME];
	struct digest version;  /* of all its bytes: any change is another */
	struct digest identity; /* of its object: object_identity() */
	struct buf uid;         /* of its object, unescaped; empty: none */
	struct revision *revisions; /* of its components */
	size_t count, room;
	/* Components of other UIDs are in it too, which a vdir must not have.
	 * Then only version and keys (object_key() of each) are of use. */
	bool several;
	struct buf keys;
};

/* {0} is an item to be read into; it may be read into again and again. */
void vdir_item_free(struct vdir_item *item);

struct item_reader {
	struct reader reader;
	struct arena arena;
	struct spool spool;
	struct digester version;
	struct error fault; /* the first one, of the item at hand */
};

bool item_reader_init(struct item_reader *reader, struct error *err);
void item_reader_free(struct item_reader *reader);

/* Reads the item that `fd` is open on, from its position. `name` (with its
 * folder) is borrowed for errors. False: ERR_IO, ERR_MEMORY; ERR_CUT for one
 * that ends inside a component or calendar; ERR_SYNTAX for one without any
 * component; ERR_LIMIT above LIMIT_OVERRIDES components, or for very many
 * objects. */
bool item_read(struct item_reader *reader, int fd, const char *name,
    struct vdir_item *item, struct error *err);

#endif
