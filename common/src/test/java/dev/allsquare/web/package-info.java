/** The REST habits, tested over real HTTP and a real database. */
@NullMarked
package dev.allsquare.web;

import org.jspecify.annotations.NullMarked;
