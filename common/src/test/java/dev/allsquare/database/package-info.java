@NullMarked
package dev.allsquare.database;

import org.jspecify.annotations.NullMarked;
