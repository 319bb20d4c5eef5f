/** Spring Modulith's event publication registry, externalized to Kafka. */
@NullMarked
package dev.allsquare.benchmarks.modulith;

import org.jspecify.annotations.NullMarked;
