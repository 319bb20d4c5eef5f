package dev.allsquare.console;

import dev.allsquare.console.Shown.Definition;
import dev.allsquare.console.Shown.Definitions;
import dev.allsquare.console.Shown.DryRun;
import dev.allsquare.console.Shown.Job;
import dev.allsquare.console.Shown.Nothing;
import dev.allsquare.console.Shown.Saga;
import dev.allsquare.console.Shown.Sagas;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** Finds sagas, shows one, repairs one or many. */
@RestController
@RequestMapping("/console/sagas")
final class SagasController {

  private static final List<String> ASKED =
      List.of("state", "type", "key", "age", "step", "reason");
  private static final Map<String, String> IN_FILTER = Map.of("age", "olderThan");

  private final Pages pages;
  private final Services services;

  SagasController(Pages pages, Services services) {
    this.pages = pages;
    this.services = services;
  }

  @GetMapping
  ResponseEntity<String> search(HttpServletRequest request, @RequestParam @Nullable UUID after) {
    var asked = asked(request);
    var query = new LinkedHashMap<>(asked);
    query.put("limit", "50");
    if (after != null) {
      query.put("after", after.toString());
    }
    var found = services.own().get(uri("sagas", query), Sagas.class);
    var model = new HashMap<String, @Nullable Object>();
    var sagas = found.orNull();
    model.put("asked", asked);
    model.put("sagas", sagas);
    model.put("trouble", found.trouble());
    model.put("older", sagas == null || sagas.next() == null ? null : older(asked, sagas.next()));
    return pages.page("sagas", request, model);
  }

  private static String older(Map<String, String> asked, UUID after) {
    var query = new LinkedHashMap<>(asked);
    query.put("after", after.toString());
    return uri("/console/sagas", query);
  }

  /** First what would be done, then, asked once more, the job. */
  @PostMapping("/repairs")
  ResponseEntity<String> bulk(
      HttpServletRequest request,
      @RequestParam String action,
      @RequestParam String actor,
      @RequestParam String why,
      @RequestParam(defaultValue = "10") int rate,
      @RequestParam(defaultValue = "true") boolean dryRun) {
    var asked = asked(request);
    asked.remove("state");
    var body = new HashMap<String, Object>();
    body.put("action", action);
    body.put("filter", filter(asked));
    body.put("actor", actor);
    body.put("reason", why);
    body.put("ratePerSecond", rate);
    if (!dryRun) {
      var made = services.own().post("sagas/repairs", body, Job.class);
      return made instanceof Answer.Given<Job>(var job)
          ? Pages.seeOther("/console/sagas/repairs/" + job.job().id())
          : refused(request, made.trouble());
    }
    body.put("dryRun", true);
    var found = services.own().post("sagas/repairs", body, DryRun.class);
    var model = new HashMap<String, @Nullable Object>(body);
    model.put("asked", asked);
    model.put("found", found.orNull());
    return found instanceof Answer.Given
        ? pages.page("dryrun", request, model)
        : refused(request, found.trouble());
  }

  @GetMapping("/repairs/{id}")
  ResponseEntity<String> job(HttpServletRequest request, @PathVariable UUID id) {
    var job = services.own().get("sagas/repairs/" + id, Job.class);
    return job instanceof Answer.Given<Job>(var shown)
        ? pages.page("job", request, Map.of("shown", shown))
        : refused(request, job.trouble());
  }

  @GetMapping("/repairs/{id}/live")
  ResponseEntity<String> jobLive(HttpServletRequest request, @PathVariable UUID id) {
    var job = services.own().get("sagas/repairs/" + id, Job.class);
    return job instanceof Answer.Given<Job>(var shown)
        ? pages.part("job", Map.of("shown", shown))
        : refused(request, job.trouble());
  }

  @GetMapping("/{id}")
  ResponseEntity<String> show(HttpServletRequest request, @PathVariable UUID id) {
    return show(HttpStatus.OK, request, id, null);
  }

  @GetMapping("/{id}/live")
  ResponseEntity<String> showLive(HttpServletRequest request, @PathVariable UUID id) {
    var saga = services.own().get("sagas/" + id, Saga.class);
    return saga instanceof Answer.Given<Saga>(var shown)
        ? pages.part("saga", model(shown, null))
        : refused(request, saga.trouble());
  }

  @PostMapping("/{id}/{repair:retry|skip|compensate|resume}")
  ResponseEntity<String> repair(
      HttpServletRequest request,
      @PathVariable UUID id,
      @PathVariable String repair,
      @RequestParam String actor,
      @RequestParam String why,
      @RequestParam int version) {
    var body = Map.of("actor", actor, "reason", why, "version", version);
    var done = services.own().post("sagas/" + id + "/" + repair, body, Nothing.class);
    return switch (done) {
      case Answer.Given<Nothing> _ -> Pages.seeOther("/console/sagas/" + id);
      case Answer.Refused<Nothing>(int status, var detail) ->
          show(HttpStatus.valueOf(status), request, id, "Nothing was done. " + detail);
      case Answer.Silence<Nothing>(var detail) -> show(HttpStatus.BAD_GATEWAY, request, id, detail);
    };
  }

  private ResponseEntity<String> show(
      HttpStatus status, HttpServletRequest request, UUID id, @Nullable String trouble) {
    var saga = services.own().get("sagas/" + id, Saga.class);
    return saga instanceof Answer.Given<Saga>(var shown)
        ? pages.page(status, "saga", request, model(shown, trouble))
        : refused(request, saga.trouble());
  }

  private Map<String, @Nullable Object> model(Saga saga, @Nullable String trouble) {
    var definition = definition(saga);
    var model = new HashMap<String, @Nullable Object>();
    model.put("saga", saga);
    model.put("diagram", definition == null ? List.of() : Diagram.of(definition, saga));
    model.put("gantt", Gantt.of(saga));
    model.put("trouble", trouble);
    return model;
  }

  private @Nullable Definition definition(Saga saga) {
    var all = services.own().get("sagas/definitions", Definitions.class).orNull();
    return all == null
        ? null
        : all.items().stream()
            .filter(it -> it.name().equals(saga.type()) && it.version() == saga.definition())
            .findFirst()
            .orElse(null);
  }

  private ResponseEntity<String> refused(HttpServletRequest request, @Nullable String why) {
    var words = why == null ? "There is nothing to see." : why;
    return pages.page(HttpStatus.BAD_REQUEST, "refused", request, Map.of("why", words));
  }

  private static Map<String, String> asked(HttpServletRequest request) {
    var asked = new LinkedHashMap<String, String>();
    for (var name : ASKED) {
      var value = request.getParameter(name);
      if (value != null && !value.isBlank()) {
        asked.put(name, value.strip());
      }
    }
    return asked;
  }

  private static Map<String, String> filter(Map<String, String> asked) {
    var filter = new HashMap<String, String>();
    asked.forEach((name, value) -> filter.put(IN_FILTER.getOrDefault(name, name), value));
    return filter;
  }

  private static String uri(String path, Map<String, String> query) {
    var uri = UriComponentsBuilder.fromPath(path);
    query.forEach((name, _) -> uri.queryParam(name, "{" + name + "}"));
    return uri.encode().buildAndExpand(query).toUriString();
  }
}
