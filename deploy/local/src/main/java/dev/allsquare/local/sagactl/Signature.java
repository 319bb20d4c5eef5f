package dev.allsquare.local.sagactl;

import java.util.HashMap;
import java.util.Map;

/** Who does something, and why: no repair without it. */
record Signature(String actor, String reason) {

  /** What is asked for, signed. */
  Map<String, Object> on(Map<String, ?> request) {
    var signed = new HashMap<String, Object>(request);
    signed.put("actor", actor);
    signed.put("reason", reason);
    return signed;
  }
}
