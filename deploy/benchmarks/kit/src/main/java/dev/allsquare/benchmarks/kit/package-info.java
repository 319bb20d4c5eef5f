/**
 * The work that every contender does, how it is measured, and the books that have to balance
 * afterwards.
 */
@NullMarked
package dev.allsquare.benchmarks.kit;

import org.jspecify.annotations.NullMarked;
