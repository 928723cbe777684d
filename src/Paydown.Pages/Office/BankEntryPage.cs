using System.Globalization;
using Paydown.Client;
using Paydown.Pages.Parts;
using Paydown.Pages.Web;

namespace Paydown.Pages.Office;

/// <summary>A bank entry beside the reports that it pays or may pay.</summary>
public sealed record BankEntryModel(BankEntryDetails Details)
{
    /// <summary>True if an officer may give it its place.</summary>
    public bool IsOpen => Details.Entry.State is EntryState.ToDecide or EntryState.Unmatched;

    /// <summary>True if an officer may undo what was decided.</summary>
    public bool CanBeUndone =>
        Details.Entry
            is {
                    State: EntryState.Matched
                        or EntryState.Assigned
                        or EntryState.NotARepayment
                        or EntryState.Ignored
                        or EntryState.ReturnOrdered
                }
                or { State: EntryState.ReturnedToPayer, Amount: < 0 }
        || (IsOpen && Details.Entry.PartOf is not null);
}

/// <summary>
/// Shows a bank entry, and lets officers give unidentified money its place: assign, split, join, book, return, set
/// aside; and undo what was decided.
/// </summary>
internal static class BankEntryPage
{
    private const StringSplitOptions Trimmed = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;

    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        var details = await call.Api.Statements.GetEntryAsync(call.Id("entryId"), call.Cancelled);
        return PageAnswer.Show<BankEntryView, BankEntryModel>("Bank entry", new(details));
    }

    public static async Task<PageAnswer> PostAsync(PageCall call)
    {
        var entry = call.Id("entryId");
        var decided = await DecideAsync(call, entry);
        return PageAnswer.Go($"/office/money/{entry}?done={(decided.AwaitedApproval is null ? "ok" : "second")}");
    }

    /// <summary>A suggestion as a field of a form: loans with amounts, and the reports that they confirm.</summary>
    public static string Written(PaymentSuggestion suggestion, string currencyCode) =>
        string.Join(
            '\n',
            suggestion.Parts.Select(part =>
                $"{part.AccountId} {MoneyText.Field(part.Amount, currencyCode)} {part.RepaymentId}".TrimEnd()
            )
        );

    private static async Task<DecidedEntry> DecideAsync(PageCall call, Guid entry)
    {
        var (form, statements) = (call.Form, call.Api.Statements);
        switch (form.Act)
        {
            case "assign":
                var assignment = new PaymentAssignment
                {
                    Parts = await PartsOfAsync(call),
                    Reason = form.TextOrNull("reason"),
                };
                form.ThrowIfWrong();
                return await statements.AssignAsync(entry, assignment, form.Key, call.Cancelled);
            case "book":
                var booking = new BankEntryBooking { Kind = form.Word<BankMovement>("kind"), Reason = Reason(form) };
                form.ThrowIfWrong();
                return await statements.BookAsync(entry, booking, form.Key, call.Cancelled);
            case "return":
                var returned = new PaymentReturn
                {
                    Reason = Reason(form),
                    PayerAccount = form.TextOrNull("payerAccount"),
                };
                form.ThrowIfWrong();
                return await statements.ReturnAsync(entry, returned, form.Key, call.Cancelled);
            case "ignore":
                var why = Reason(form);
                form.ThrowIfWrong();
                return await statements.IgnoreAsync(entry, why, form.Key, call.Cancelled);
            case "join":
                var join = new PaymentJoin
                {
                    RepaymentId = form.Chosen("repayment"),
                    WithEntryIds = WithOf(form),
                    Reason = form.TextOrNull("reason"),
                };
                form.ThrowIfWrong();
                return await statements.JoinAsync(entry, join, form.Key, call.Cancelled);
            case "undo":
                var undone = Reason(form);
                form.ThrowIfWrong();
                return await statements.UndoAsync(entry, undone, form.Key, call.Cancelled);
            default:
                throw new PageMissingException();
        }
    }

    private static List<Guid> WithOf(PageForm form) =>
        [
            .. form.Text("with")
                .Split(' ', Trimmed)
                .Select(word => Guid.TryParse(word, out var id) ? id : Guid.Empty)
                .Where(id => id != Guid.Empty),
        ];

    private static string Reason(PageForm form) => form.Required("reason", "Say why.");

    // A line for each loan: account or reference, amount, and if it confirms a report the id of that.
    private static async Task<List<AssignedPart>> PartsOfAsync(PageCall call)
    {
        var form = call.Form;
        var parts = new List<AssignedPart>();
        foreach (var line in form.Text("parts").Split('\n', Trimmed))
        {
            var words = line.Split(' ', Trimmed).ToList();
            Guid? repayment = words.Count > 2 && Guid.TryParse(words[^1], out var id) ? id : null;
            if (repayment is not null)
                words.RemoveAt(words.Count - 1);
            if (words.Count < 2 || !TryReadAmount(words[^1], out var amount))
                form.Refuse("parts", $"“{line}” is not the reference of a loan and an amount.");
            else if (await FindLoanAsync(call, string.Concat(words[..^1])) is not { } account)
                form.Refuse("parts", $"There is no loan {string.Concat(words[..^1])}.");
            else
                parts.Add(
                    new()
                    {
                        AccountId = account,
                        Amount = amount,
                        RepaymentId = repayment,
                    }
                );
        }

        if (parts.Count == 0 && !form.IsWrong)
            form.Refuse("parts", "Name at least one loan and an amount.");
        return parts;
    }

    private static bool TryReadAmount(string text, out decimal amount) =>
        decimal.TryParse(
            text,
            NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands,
            CultureInfo.InvariantCulture,
            out amount
        );

    private static async Task<Guid?> FindLoanAsync(PageCall call, string name)
    {
        if (Guid.TryParse(name, out var id))
            return id;
        var found = await call.Api.Officers.GetLoanPageAsync(1, 10, new LoanFilter { Search = name }, call.Cancelled);
        var same = found.Records.Where(loan => loan.PaymentReference.Equals(name, StringComparison.OrdinalIgnoreCase));
        return same.FirstOrDefault()?.AccountId;
    }
}
