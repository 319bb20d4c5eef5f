/** The shared language, tested. */
@NullMarked
package dev.allsquare.contract;

import org.jspecify.annotations.NullMarked;
