/** The outbox against a real database, and now and then a real log. */
@NullMarked
package dev.allsquare.outbox;

import org.jspecify.annotations.NullMarked;
