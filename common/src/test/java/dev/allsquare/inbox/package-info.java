@NullMarked
package dev.allsquare.inbox;

import org.jspecify.annotations.NullMarked;
