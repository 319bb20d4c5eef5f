/**
 * What several rooms have to know about PostgreSQL: whose failure a failure is, and how to read or
 * delete much.
 */
@NullMarked
package dev.allsquare.database;

import org.jspecify.annotations.NullMarked;
