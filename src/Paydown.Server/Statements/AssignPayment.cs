using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Repayments;
using Paydown.Server.Loans;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;
using Paydown.Server.Repayments;

namespace Paydown.Server.Statements;

/// <summary>
/// An officer assigns money that the rules could not identify to one loan, or splits it over several. Each part pays a
/// report of its loan with that amount, or becomes a repayment that nobody reported. The bank's entry is one pair of
/// eyes and the officer the other, so any amount takes one officer.
/// </summary>
public sealed class AssignPayment(SingleWrites writes, LoanChanges changes, Ids ids) : IUseCase
{
    private const int PartsMax = 50;
    private const int NearDaysMax = 7;

    private static readonly Field<LoanId?> AccountId = Field
        .Id<LoanId>("accountId", "The loan account that gets all of the money; absent if there are parts.")
        .Optional();
    private static readonly Field<RepaymentId?> RepaymentId = Field
        .Id<RepaymentId>(
            "repaymentId",
            "The report of that loan that the money pays, even if its amount differs. Absent: one of that amount, "
                + "or none."
        )
        .Optional()
        .NotInExamples();
    private static readonly Field<LoanId> PartAccountId = Field.Id<LoanId>("accountId", "The loan account.");
    private static readonly Field<decimal> PartAmount = Field
        .Amount("amount", "The part of the money.")
        .WithExample(5000);
    private static readonly Field<RepaymentId?> PartRepaymentId = Field
        .Id<RepaymentId>("repaymentId", "The report that the part pays.")
        .Optional()
        .NotInExamples();
    private static readonly Field<IReadOnlyList<FieldValues>?> Parts = Field
        .List(
            "parts",
            $"The parts for several loans, at most {PartsMax}: together the whole amount.",
            PartsMax,
            PartAccountId,
            PartAmount,
            PartRepaymentId
        )
        .Optional()
        .NotInExamples();
    private static readonly Field<string?> Reason = Field
        .Text("reason", "Why, for the history of the entry.", 1, 255)
        .Optional()
        .WithExample("The customer called: the transfer is theirs.");

    public static Contract Contract { get; } =
        new Contract("Assign unidentified money to a loan, or split it over several")
            .Reads(AccountId, RepaymentId, Parts, Reason)
            .Returns<DecidedEntry>()
            .Refuses(
                Refusals.NotFound("unmatched payment"),
                Refusals.EntryNotOpen("MATCHED"),
                Refusals.EntryIsMoneyOut(),
                Refusals.ValidationFailed(),
                Refusals.NotFound("loan account"),
                Refusals.LoanNotDisbursed(),
                Refusals.NotFound("repayment")
            );

    public ValueTask<Answer> HandleAsync(Call call) =>
        writes.RunAsync(call, (connection, context) => AssignAsync(connection, call, context));

    private async ValueTask<Answer> AssignAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        var entry = await EntryMatchStore.LockAsync(
            connection,
            call.Caller.OrganisationId,
            call.Path(StatementRoutes.EntryId),
            call.Cancellation
        );
        if (entry is null)
            return Answer.Refused(Refusals.NotFound("unmatched payment"));
        if (!entry.IsOpen)
            return Answer.Refused(Refusals.EntryNotOpen(Words.Write(entry.State)));
        if (!entry.Amount.IsPositive)
            return Answer.Refused(Refusals.EntryIsMoneyOut());
        var parts = PartsOf(call.Body, entry.Amount);
        if (parts.IsRefused)
            return Answer.Refused(parts.Refusal);

        var loans = await EntryMatchStore.FindLoansAsync(
            connection,
            entry.OrganisationId,
            [.. parts.Value.Select(part => part.LoanId)],
            call.Cancellation
        );
        var found = await VerificationStore.ReadOpenAsync(connection, loans, call.Cancellation);
        var decided = new EntryWrites(changes, ids, found);
        var links = Pay(decided, found, entry, parts.Value, context);
        if (links.IsRefused)
            return Answer.Refused(links.Refusal);
        decided.Identify(entry, context);
        var reason = call.Body.Get(Reason) ?? "Assigned by an officer.";
        var payer = OwnAccount.NumberOf(entry.Entry.CounterpartyAccount ?? "");
        decided.Decide(
            new(entry, EntryState.Assigned, null, [reason], links.Value, context)
            {
                PayerAccount = payer.Length > 0 ? payer : null,
            }
        );
        await decided.WriteAsync(connection, call.Cancellation);
        return await DecidedEntry.AnswerAsync(connection, entry, null, "The money is assigned.", call.Cancellation);
    }

    private static Result<List<Part>> PartsOf(FieldValues body, Money amount)
    {
        var (accountId, parts) = (body.Get(AccountId), body.Get(Parts) ?? []);
        if (accountId is null == (parts.Count == 0))
            return Refusals.ValidationFailed(new FieldError(Parts.Name, "send accountId, or parts, and not both."));
        if (accountId is { } single)
            return (List<Part>)[new(single, amount, body.Get(RepaymentId))];

        var read = new List<Part>();
        foreach (var part in parts)
        {
            if (!Money.TryFromMajor(part.Get(PartAmount), amount.Currency, out var money) || !money.IsPositive)
            {
                return Refusals.ValidationFailed(
                    new FieldError(
                        Parts.Name,
                        $"each amount must be one of {amount.Currency.Code}: more than 0, with at most "
                            + $"{amount.Currency.FractionDigits} fraction digits."
                    )
                );
            }

            read.Add(new(part.Get(PartAccountId), money, part.Get(PartRepaymentId)));
        }

        var sum = Money.Sum(read.Select(part => part.Amount), amount.Currency);
        return sum == amount
            ? read
            : Refusals.ValidationFailed(
                new FieldError(Parts.Name, $"add up to {sum}; they must be {amount} together.")
            );
    }

    private static Result<List<EntryLink>> Pay(
        EntryWrites decided,
        DecidableRepayments found,
        StoredEntry entry,
        IReadOnlyList<Part> parts,
        ActionContext context
    )
    {
        var links = new List<EntryLink>();
        foreach (var part in parts)
        {
            if (found.FindLoan(part.LoanId) is not { } loan)
                return Refusals.NotFound("loan account");
            if (loan.DisbursedOn is null)
                return Refusals.LoanNotDisbursed();
            if (loan.Currency != part.Amount.Currency)
            {
                return Refusals.ValidationFailed(
                    new FieldError(
                        AccountId.Name,
                        $"is a loan in {loan.Currency.Code}; the money is in {part.Amount.Currency.Code}."
                    )
                );
            }

            var report = ReportOf(part, entry, [.. found.OpenOf(loan.Id)]);
            if (report.IsRefused)
                return report.Refusal;
            links.Add(
                report.Value.Found is { } paid
                    ? decided.Pay(entry, paid, part.Amount, context)
                    : decided.Record(entry, loan, part.Amount, context)
            );
        }

        return links;
    }

    // A verified repayment keeps its amount; a pending report takes that of the money.
    private static Result<FoundReport> ReportOf(Part part, StoredEntry entry, IReadOnlyList<StoredRepayment> open)
    {
        if (part.RepaymentId is not { } id)
            return new FoundReport(NearestOf(entry, part.Amount, open));
        if (open.FirstOrDefault(one => one.Id == id) is not { } named)
            return Refusals.NotFound("repayment");
        return named.Status == RepaymentStatus.Verified && named.Amount != part.Amount
            ? Refusals.ValidationFailed(
                new FieldError(RepaymentId.Name, $"is verified with {named.Amount}; the money is {part.Amount}.")
            )
            : new FoundReport(named);
    }

    // A report that an officer verified must be near: an old one of an equal installment is other money.
    private static StoredRepayment? NearestOf(StoredEntry entry, Money amount, IReadOnlyList<StoredRepayment> open) =>
        open.Where(one =>
                one.Amount == amount
                && (one.Status == RepaymentStatus.PendingVerification || DaysBetween(entry, one) <= NearDaysMax)
            )
            .OrderBy(one => DaysBetween(entry, one))
            .ThenBy(one => one.Id.Value)
            .FirstOrDefault();

    private static int DaysBetween(StoredEntry entry, StoredRepayment report) =>
        Math.Abs(entry.Entry.BookedOn.DayNumber - report.PaidOn.DayNumber);

    private sealed record Part(LoanId LoanId, Money Amount, RepaymentId? RepaymentId);

    private sealed record FoundReport(StoredRepayment? Found);
}
