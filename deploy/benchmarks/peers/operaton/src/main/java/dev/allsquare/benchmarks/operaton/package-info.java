/** The saga as a BPMN process in Operaton. */
@NullMarked
package dev.allsquare.benchmarks.operaton;

import org.jspecify.annotations.NullMarked;
