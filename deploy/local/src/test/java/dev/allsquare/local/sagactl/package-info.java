@NullMarked
package dev.allsquare.local.sagactl;

import org.jspecify.annotations.NullMarked;
