package dev.allsquare.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/** Answers what Tomcat refuses before it looks for a servlet, such as a NUL in the path. */
final class ProblemValve extends ErrorReportValve {

  private static final Logger log = LoggerFactory.getLogger(ProblemValve.class);

  @Override
  protected void report(Request request, Response response, Throwable failure) {
    int code = response.getStatus();
    if (code < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
      return;
    }
    var status = HttpStatus.resolve(code);
    var problem = Problems.of(status == null ? HttpStatus.BAD_REQUEST : status);
    try {
      response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
      response.getOutputStream().write(body(problem).getBytes(StandardCharsets.UTF_8));
      response.finishResponse();
    } catch (IOException e) {
      log.debug("The caller of a refused request is gone", e);
    }
  }

  /** All constants: the path of such a request is nothing to repeat. */
  private static String body(Problem problem) {
    var detail = problem.detail("/");
    return """
        {"type":"%s","title":"%s","status":%d,"detail":"%s"}"""
        .formatted(detail.getType(), detail.getTitle(), detail.getStatus(), detail.getDetail());
  }
}
