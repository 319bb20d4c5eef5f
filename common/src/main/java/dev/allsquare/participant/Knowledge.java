package dev.allsquare.participant;

import java.util.Map;
import java.util.UUID;

/** What the database knew of a batch's messages and their sagas' steps before it was handled. */
record Knowledge(Map<UUID, Outcome> inbox, Map<StepKey, Outcome> barrier) {}
