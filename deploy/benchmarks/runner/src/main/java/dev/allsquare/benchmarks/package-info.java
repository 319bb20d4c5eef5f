/** Runs the benchmarks one at a time, interleaved, and writes down what they gave. */
@NullMarked
package dev.allsquare.benchmarks;

import org.jspecify.annotations.NullMarked;
