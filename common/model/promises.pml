/*
 * What a model must keep is said in one sentence, numbered as in design.md §1; `check` reads the broken one from the
 * replayed trail. A macro, since Promela's inlines take no strings.
 */
#define promise(kept, broken) \
  if :: (kept) :: else -> printf("BROKEN: "); printf(broken); printf("\n"); assert(false) fi
