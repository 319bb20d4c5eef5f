/** Sagas as tables: pure definitions and transitions in front, the durable engine hidden behind. */
@NullMarked
package dev.allsquare.saga;

import org.jspecify.annotations.NullMarked;
