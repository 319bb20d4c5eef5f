/** Commands in, handlers, replies out: a table over inbox, barrier and outbox. */
@NullMarked
package dev.allsquare.participant;

import org.jspecify.annotations.NullMarked;
