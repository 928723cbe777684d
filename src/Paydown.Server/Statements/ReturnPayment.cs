using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Statements;
using Paydown.Server.Loans;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;
using Paydown.Server.Repayments;

namespace Paydown.Server.Statements;

/// <summary>
/// An officer orders unidentified money back to the account that it came from. Somebody pays it at the bank; the entry
/// of that money out ends the order, found by the rules or named here. Above the organisation's four-eyes amount, a
/// second officer must approve the order.
/// </summary>
public sealed class ReturnPayment(SingleWrites writes, LoanChanges changes, FourEyes fourEyes, Ids ids) : IUseCase
{
    private const int AccountLengthMax = 34;

    private static readonly Field<string> Reason = Field
        .Text("reason", "Why, for the history of the entry.", 1, 255)
        .WithExample("The payer is nobody's customer.");
    private static readonly Field<string?> PayerAccount = Field
        .Text(
            "payerAccount",
            "The account that the money goes back to; only if the bank's entry does not say where it came from.",
            1,
            AccountLengthMax
        )
        .Optional()
        .NotInExamples();
    private static readonly Field<StatementEntryId?> ReturnedEntryId = Field
        .Id<StatementEntryId>("returnedEntryId", "For money out, and only then: the entry whose ordered return it is.")
        .Optional()
        .NotInExamples();

    public static Contract Contract { get; } =
        new Contract("Send unidentified money back to its payer, or say that money out was such a return")
            .Reads(Reason, PayerAccount, ReturnedEntryId)
            .Returns<DecidedEntry>()
            .Refuses(
                Refusals.NotFound("unmatched payment"),
                Refusals.EntryNotOpen("MATCHED"),
                Refusals.ValidationFailed(),
                Refusals.NotFound("bank entry"),
                Refusals.ReturnNotOrdered("UNMATCHED"),
                Refusals.SecondOfficerRequired()
            );

    public ValueTask<Answer> HandleAsync(Call call) =>
        writes.RunAsync(call, (connection, context) => ReturnAsync(connection, call, context));

    private async ValueTask<Answer> ReturnAsync(NpgsqlConnection connection, Call call, ActionContext context)
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
        return entry.Amount.IsPositive
            ? await OrderAsync(connection, entry, call, context)
            : await PayAsync(connection, entry, call, context);
    }

    private async ValueTask<Answer> OrderAsync(
        NpgsqlConnection connection,
        StoredEntry entry,
        Call call,
        ActionContext context
    )
    {
        var account = AccountOf(entry, call.Body);
        if (account.IsRefused)
            return Answer.Refused(account.Refusal);
        var reason = call.Body.Get(Reason);
        var act = DecidedEntry.ActOf(entry, ActKind.ReturnPayment, reason) with
        {
            Terms = new { StatementEntryId = entry.Id, PayerAccount = account.Value },
        };
        var approval = await fourEyes.ApproveAsync(connection, act, call, context);
        if (approval.IsRefused)
            return Answer.Refused(approval.Refusal);
        if (approval.Value.Awaited is { } awaited)
        {
            var message = AwaitedApproval.Message("the return is ordered");
            return await DecidedEntry.AnswerAsync(connection, entry, awaited, message, call.Cancellation);
        }

        var decided = new EntryWrites(changes, ids, new DecidableRepayments());
        decided.OrderReturn(entry, account.Value, reason, context);
        await decided.WriteAsync(connection, call.Cancellation);
        var ordered = $"The return is ordered; pay it with the reference {ReturnReference.Of(entry.Id)}.";
        return await DecidedEntry.AnswerAsync(connection, entry, null, ordered, call.Cancellation);
    }

    private async ValueTask<Answer> PayAsync(
        NpgsqlConnection connection,
        StoredEntry entry,
        Call call,
        ActionContext context
    )
    {
        if (call.Body.Get(PayerAccount) is not null)
            return Invalid(PayerAccount.Name, "is only for money in.");
        if (call.Body.Get(ReturnedEntryId) is not { } sentId)
            return Invalid(ReturnedEntryId.Name, "is required for money out.");
        var sent = await EntryMatchStore.LockAsync(connection, entry.OrganisationId, sentId, call.Cancellation);
        if (sent is null)
            return Answer.Refused(Refusals.NotFound("bank entry"));
        if (sent.State != EntryState.ReturnOrdered)
            return Answer.Refused(Refusals.ReturnNotOrdered(Words.Write(sent.State)));
        if (sent.Amount != -entry.Amount)
            return Invalid(ReturnedEntryId.Name, $"is a return of {sent.Amount}; the money out is {-entry.Amount}.");
        var order = await EntryReturnStore.FindOrderAsync(connection, sent, call.Cancellation);
        var decided = new EntryWrites(changes, ids, new DecidableRepayments());
        decided.Identify(entry, context);
        decided.PayReturn(entry, sent, order, null, [call.Body.Get(Reason)], context);
        await decided.WriteAsync(connection, call.Cancellation);
        return await DecidedEntry.AnswerAsync(connection, entry, null, "The return is paid.", call.Cancellation);
    }

    // Money goes back to where it came from, and nowhere else: another account would be a way to steal it.
    private static Result<string> AccountOf(StoredEntry entry, FieldValues body)
    {
        if (body.Get(ReturnedEntryId) is not null)
            return Refusals.ValidationFailed(new FieldError(ReturnedEntryId.Name, "is only for money out."));
        var named = entry.Entry.CounterpartyAccount ?? "";
        var came = IsMasked(named) ? "" : OwnAccount.NumberOf(named);
        var given = body.Get(PayerAccount) is { } text ? OwnAccount.NumberOf(text) : null;
        if (came.Length > 0)
        {
            return given is null || given == came
                ? came
                : Refusals.ValidationFailed(
                    new FieldError(PayerAccount.Name, "is not the account that the money came from; leave it out.")
                );
        }

        return given is { Length: > 0 }
            ? given
            : Refusals.ValidationFailed(
                new FieldError(PayerAccount.Name, "is required: the bank does not say where the money came from.")
            );
    }

    // Some banks hide a part of the number, and nobody can pay to the rest of it.
    private static bool IsMasked(string account) =>
        account.Contains('*', StringComparison.Ordinal) || account.Contains("XX", StringComparison.OrdinalIgnoreCase);

    private static Answer Invalid(string field, string message) =>
        Answer.Refused(Refusals.ValidationFailed(new FieldError(field, message)));
}
