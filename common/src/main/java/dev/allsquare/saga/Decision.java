package dev.allsquare.saga;

import java.util.List;

/** What follows from an event: nothing of it is true before it is committed. */
record Decision(Instance next, List<Command> commands, List<Entry> history, Outcome outcome) {}
