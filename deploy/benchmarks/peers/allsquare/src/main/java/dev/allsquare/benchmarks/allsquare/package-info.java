/** Our own outbox, as any service of ours has it. */
@NullMarked
package dev.allsquare.benchmarks.allsquare;

import org.jspecify.annotations.NullMarked;
