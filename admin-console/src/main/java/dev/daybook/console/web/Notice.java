package dev.daybook.console.web;

import jakarta.servlet.http.HttpServletResponse;
import org.springframework.ui.Model;

/** A page that has one thing to say. */
final class Notice {
    private Notice() {}

    static String show(Model model, HttpServletResponse response, int status, String title, String sentence) {
        response.setStatus(status);
        model.addAttribute("title", title);
        model.addAttribute("sentence", sentence);
        return "notice";
    }

    /** The page's subject could not be read; it is not known to be absent. */
    static String unavailable(Model model, HttpServletResponse response, String title, String problem) {
        return show(
                model,
                response,
                HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                title,
                "This cannot be shown because the metadata service could not be asked: " + problem);
    }
}
