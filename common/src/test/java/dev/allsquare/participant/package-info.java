@NullMarked
package dev.allsquare.participant;

import org.jspecify.annotations.NullMarked;
