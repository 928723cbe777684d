using System.Globalization;
using Paydown.Pages.Web;

namespace Paydown.Pages.Parts;

/// <summary>What went wrong, and what to do.</summary>
/// <param name="Heading">What went wrong.</param>
/// <param name="Text">Why, in the server's words where it gave some.</param>
/// <param name="Advice">What to do.</param>
public sealed record ErrorModel(string Heading, string Text, string Advice);

/// <summary>The pages of refusals: one for each status.</summary>
internal static class ErrorPage
{
    public static PageAnswer Of(int status, string? message, TimeSpan? retryAfter = null)
    {
        var model = status switch
        {
            403 => new ErrorModel(
                "You may not do this",
                message ?? "This page is not for your sign-in.",
                "If you should be able to, ask a manager of the lender."
            ),
            400 or 404 or 410 or 422 => new(
                "There is no such page",
                "Nothing is kept under this address, or it is not yours.",
                "Check the address, or go back to the start."
            ),
            405 => new("This page takes no form", "Nothing was done.", "Go back and try again."),
            409 => new(
                "Something has changed in the meantime",
                message ?? "Somebody else was faster.",
                "Open the page again to see how things are now."
            ),
            413 => new("That was too large", message ?? "Nothing was done.", "Send less at once."),
            429 => new(
                "Too many requests",
                message ?? "Please wait.",
                retryAfter is { } wait
                    ? string.Create(
                        CultureInfo.InvariantCulture,
                        $"Try again in {Math.Ceiling(wait.TotalSeconds)} seconds."
                    )
                    : "Try again in a minute."
            ),
            503 => new(
                "Not available at the moment",
                message ?? "The server cannot answer just now.",
                "Nothing is lost. Try again in a minute; nothing is done twice."
            ),
            _ => new(
                "Something went wrong on our side",
                "The server could not answer. The fault has been logged.",
                "Try again. If it happens again, tell the lender what you did."
            ),
        };
        return PageAnswer.Show<ErrorView, ErrorModel>(model.Heading, model, status is 400 or 410 or 422 ? 404 : status);
    }
}
