package dev.allsquare.benchmarks;

import java.util.Map;

/**
 * One thing that is measured.
 *
 * @param name as it stands in the tables
 * @param module whose program it is; empty where the whole system is driven
 * @param program the class with its main method
 * @param settings what the program is told
 * @param note what a reader has to know of it: its durability, and what was tuned
 */
record Variant(
    String name, String module, String program, Map<String, String> settings, String note) {}
