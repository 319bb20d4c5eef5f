package dev.allsquare.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param next where the next page begins, to be given as {@code after}; absent on the last page
 */
public record Page<T>(List<T> items, @Nullable String next) {}
