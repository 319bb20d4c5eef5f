/** What operators may do, over the management port: done and written down in one transaction. */
@NullMarked
package dev.allsquare.operator;

import org.jspecify.annotations.NullMarked;
