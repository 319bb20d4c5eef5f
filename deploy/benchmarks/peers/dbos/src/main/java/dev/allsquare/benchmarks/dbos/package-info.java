/** The saga as a DBOS workflow. */
@NullMarked
package dev.allsquare.benchmarks.dbos;

import org.jspecify.annotations.NullMarked;
