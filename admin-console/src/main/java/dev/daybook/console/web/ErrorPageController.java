package dev.daybook.console.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.RequestMapping;

/** One sentence for everything that goes wrong. What the request held is never repeated, nor is the exception. */
@Controller
class ErrorPageController implements ErrorController {
    @RequestMapping("${spring.web.error.path:/error}")
    String error(HttpServletRequest request, HttpServletResponse response, Model model) {
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
        return Notice.show(model, response, status, title(status), sentence(status, response));
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Request not understood";
            case 401, 403 -> "Refused";
            case 404 -> "No such page";
            case 405 -> "Not possible here";
            case 429 -> "Too many attempts";
            default -> status >= 500 ? "Something failed" : "Request refused";
        };
    }

    private static String sentence(int status, HttpServletResponse response) {
        return switch (status) {
            case 400 -> "The address or the form holds something that the console does not understand.";
            case 401 -> "This address asks for user name and password.";
            case 403 -> "The form was out of date or came from another site: go back, reload the page and try again.";
            case 404 -> "There is no page at this address.";
            case 405 -> "This address does not take that kind of request.";
            case 429 ->
                "Too many logins were attempted from this address: wait " + wait(response) + " seconds and try again.";
            default ->
                status >= 500
                        ? "The console could not make this page; its log tells the reason."
                        : "The console does not serve this request.";
        };
    }

    private static String wait(HttpServletResponse response) {
        String seconds = response.getHeader("Retry-After");
        return seconds == null ? "60" : seconds;
    }
}
