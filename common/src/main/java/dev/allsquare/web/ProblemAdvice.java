package dev.allsquare.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/** Answers every exception of a controller with problem details, and with nothing else. */
@RestControllerAdvice
final class ProblemAdvice {

  @ExceptionHandler(Exception.class)
  @Nullable ResponseEntity<ProblemDetail> answer(
      Exception exception, HttpServletRequest request, HttpServletResponse response) {
    if (exception instanceof AsyncRequestNotUsableException || response.isCommitted()) {
      return null; // the caller is gone, or half answered: there is nobody to tell
    }
    return respond(Problems.of(exception), request.getRequestURI());
  }

  static ResponseEntity<ProblemDetail> respond(Problem problem, String path) {
    return ResponseEntity.status(problem.status())
        .headers(problem.headers())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem.detail(path));
  }
}
