/** Tests of sagas: as dialogues, as random walks, and on a real database. */
@NullMarked
package dev.allsquare.saga;

import org.jspecify.annotations.NullMarked;
