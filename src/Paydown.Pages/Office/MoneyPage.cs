using System.Globalization;
using Paydown.Client;
using Paydown.Pages.Parts;
using Paydown.Pages.Web;

namespace Paydown.Pages.Office;

/// <summary>The bank entries that nobody has identified.</summary>
/// <param name="Totals">How much there is, by currency.</param>
/// <param name="Page">One page of them, the oldest first.</param>
public sealed record MoneyModel(IReadOnlyList<UnmatchedTotal> Totals, Page<UnmatchedPayment> Page);

/// <summary>Lets officers give unidentified money its place: assign, split, book, return, set aside.</summary>
internal static class MoneyPage
{
    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        var totals = call.Api.Statements.SumUnmatchedAsync(call.Cancelled);
        var page = await call.Api.Statements.GetUnmatchedPageAsync(call.Position, 10, call.Cancelled);
        return PageAnswer.Show<MoneyView, MoneyModel>("Unidentified money", new(await totals, page));
    }

    public static async Task<PageAnswer> PostAsync(PageCall call)
    {
        var entry = call.Form.Chosen("entry");
        call.Form.ThrowIfWrong();
        var decided = await DecideAsync(call, entry);
        return PageAnswer.Go($"/office/money?done={(decided.AwaitedApproval is null ? "ok" : "second")}");
    }

    /// <summary>A suggestion as a field of a form: loans with amounts, and the reports that they confirm.</summary>
    public static string Written(PaymentSuggestion suggestion, string currencyCode) =>
        string.Join(
            '\n',
            suggestion.Parts.Select(part =>
                $"{part.AccountId} {MoneyText.Field(part.Amount, currencyCode)} {part.RepaymentId}".TrimEnd()
            )
        );

    private static Task<DecidedEntry> DecideAsync(PageCall call, Guid entry)
    {
        var (form, statements) = (call.Form, call.Api.Statements);
        switch (form.Act)
        {
            case "assign":
                var assignment = new PaymentAssignment { Parts = PartsOf(form), Reason = form.TextOrNull("reason") };
                form.ThrowIfWrong();
                return statements.AssignAsync(entry, assignment, form.Key, call.Cancelled);
            case "book":
                var booking = new BankEntryBooking { Kind = form.Word<BankMovement>("kind"), Reason = Reason(form) };
                form.ThrowIfWrong();
                return statements.BookAsync(entry, booking, form.Key, call.Cancelled);
            case "return":
                var returned = new PaymentReturn
                {
                    Reason = Reason(form),
                    PayerAccount = form.TextOrNull("payerAccount"),
                };
                form.ThrowIfWrong();
                return statements.ReturnAsync(entry, returned, form.Key, call.Cancelled);
            case "ignore":
                var why = Reason(form);
                form.ThrowIfWrong();
                return statements.IgnoreAsync(entry, why, form.Key, call.Cancelled);
            default:
                throw new PageMissingException();
        }
    }

    private static string Reason(PageForm form) => form.Required("reason", "Say why.");

    // A line for each loan: account, amount, and if it confirms a report the id of that.
    private static List<AssignedPart> PartsOf(PageForm form)
    {
        var parts = new List<AssignedPart>();
        foreach (
            var line in form.Text("parts")
                .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        )
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (
                words.Length is 2 or 3
                && Guid.TryParse(words[0], out var account)
                && decimal.TryParse(
                    words[1],
                    NumberStyles.AllowDecimalPoint,
                    CultureInfo.InvariantCulture,
                    out var amount
                )
            )
            {
                Guid? repayment = words.Length == 3 && Guid.TryParse(words[2], out var id) ? id : null;
                parts.Add(
                    new()
                    {
                        AccountId = account,
                        Amount = amount,
                        RepaymentId = repayment,
                    }
                );
            }
            else
            {
                form.Refuse("parts", $"“{line}” is not the id of a loan account and an amount.");
            }
        }

        if (parts.Count == 0 && !form.IsWrong)
            form.Refuse("parts", "Name at least one loan account and an amount.");
        return parts;
    }
}
