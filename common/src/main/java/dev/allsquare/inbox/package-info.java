/**
 * Once per message id, inside the caller's transaction; what breaks for good becomes a dead letter,
 * alone.
 */
@NullMarked
package dev.allsquare.inbox;

import org.jspecify.annotations.NullMarked;
