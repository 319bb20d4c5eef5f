/** Debezium embedded, with the outbox event router. */
@NullMarked
package dev.allsquare.benchmarks.debezium;

import org.jspecify.annotations.NullMarked;
