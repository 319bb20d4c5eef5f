/** Gruelbox transaction-outbox. */
@NullMarked
package dev.allsquare.benchmarks.gruelbox;

import org.jspecify.annotations.NullMarked;
