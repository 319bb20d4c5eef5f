/**
 * The transactional outbox: rows written with the business change, and the relay that carries them
 * to the log in order per key.
 */
@NullMarked
package dev.allsquare.outbox;

import org.jspecify.annotations.NullMarked;
