package dev.allsquare.saga;

import dev.allsquare.message.Direction;
import java.util.UUID;

/** A command that a decision wants sent; its words are in the saga's definition. */
record Command(String step, Direction direction, UUID id, int attempt) {}
