package dev.allsquare.participant;

import dev.allsquare.message.Message;

/**
 * A command that was read and is new: neither a duplicate nor forbidden by the barrier.
 *
 * @param body the payload, as the record the participant's table names for its type
 */
public record Command<C>(Message message, C body) {}
