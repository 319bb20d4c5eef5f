package dev.allsquare.message;

/** Whether a command does a step or undoes it. */
public enum Direction {
  ACTION,
  COMPENSATION
}
