/** The saga as a chain of db-scheduler tasks. */
@NullMarked
package dev.allsquare.benchmarks.dbscheduler;

import org.jspecify.annotations.NullMarked;
