/** Namastack outbox. */
@NullMarked
package dev.allsquare.benchmarks.namastack;

import org.jspecify.annotations.NullMarked;
