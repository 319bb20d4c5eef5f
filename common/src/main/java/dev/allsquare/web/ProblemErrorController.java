package dev.allsquare.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers what fails before or behind the controllers: filters, and the container itself. */
@RestController
final class ProblemErrorController implements ErrorController {

  @RequestMapping("${spring.web.error.path:/error}")
  ResponseEntity<ProblemDetail> error(HttpServletRequest request) {
    boolean dispatched =
        request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer;
    return ProblemAdvice.respond(
        Problems.of(dispatched ? status(request) : HttpStatus.NOT_FOUND),
        dispatched
            ? String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI))
            : request.getRequestURI());
  }

  private static HttpStatus status(HttpServletRequest request) {
    var status =
        request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
            ? HttpStatus.resolve(code)
            : null;
    return status == null ? HttpStatus.INTERNAL_SERVER_ERROR : status;
  }
}
