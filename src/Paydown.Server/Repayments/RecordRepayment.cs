using System.Text.Json;
using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Repayments;
using Paydown.Lending.Terms;
using Paydown.Server.BankAccounts;
using Paydown.Server.Loans;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Repayments;

/// <summary>
/// An officer records money that has arrived but was not reported, for example cash, a card payment or a collector's
/// transfer. It may exceed the debt, and the loan may be closed. Another officer must verify it; whatever exceeds the
/// debt is then owed to the customer.
/// </summary>
public sealed class RecordRepayment(SingleWrites writes, OrganisationDirectory organisations, Ids ids) : IUseCase
{
    public static IReadOnlyList<Field> Fields { get; } =
    [
        Field.Id("accountId", "The loan account. Any state after disbursement is accepted, closed included."),
        Field.Amount("repaymentAmount", "The amount that was paid: more than 0. It may exceed the total payable.") with
        {
            Example = 50000,
        },
        Field.OneOf("paymentMethod", "How it was paid.", "CASH", "CARD", "BANK_TRANSFER", "DIRECT_DEBIT"),
        Field
            .Moment("paymentDate", "When it was paid: from the day of disbursement to today. Absent: today.")
            .Optional() with
        {
            Example = "2026-01-31",
        },
        Field
            .Text(
                "repaymentReference",
                "The reference on the transfer or receipt. Absent: the loan's own reference.",
                1,
                64
            )
            .Cleaned()
            .Optional() with
        {
            Example = "RECEIPT 1042",
        },
        Field.Text("paymentNarration", "A note for officers and the customer.", 0, 255).Optional() with
        {
            Example = "Paid in cash at the branch",
        },
        Field
            .Id("bankAccountId", "The customer's bank account that the money came from, if known.")
            .Optional()
            .NotInExamples(),
    ];

    public static Contract Contract { get; } =
        new Contract("Record a repayment that no customer reported")
            .Reads(Fields)
            .Returns<RepaymentDetails>()
            .Refuses(
                Refusals.NotFound("loan account"),
                Refusals.LoanNotDisbursed(),
                Refusals.PayerAccountMismatch(),
                Refusals.ValidationFailed()
            );

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        var paidOn = call.Body.MomentOrNull("paymentDate")?.DateIn(organisation.TimeZone);
        return await writes.RunAsync(
            call,
            (connection, context) => RecordAsync(connection, call, paidOn ?? context.Today, context)
        );
    }

    private async ValueTask<Answer> RecordAsync(
        NpgsqlConnection connection,
        Call call,
        DateOnly paidOn,
        ActionContext context
    )
    {
        var body = call.Body;
        var stored = await LoanStore.FindInOrganisationAsync(
            connection,
            call.Caller.OrganisationId,
            body.Id<LoanId>("accountId"),
            forUpdate: true,
            call.Cancellation
        );
        var bankAccountId = body.IdOrNull<BankAccountId>("bankAccountId");
        var record = new OfficerRecord
        {
            Amount = body.Amount("repaymentAmount"),
            PaidOn = paidOn,
            Reference = body.TextOrNull("repaymentReference"),
            NamesOtherBankAccount =
                stored is not null
                && bankAccountId is { } payer
                && await BankAccountStore.FindAsync(connection, stored.CustomerId, payer, call.Cancellation) is null,
        };
        var decided = RepaymentRules.Record(stored?.ToPayable(context.Today), record, context.Today);
        if (decided.IsRefused)
            return Answer.Refused(decided.Refusal);

        var repayment = new NewRepayment
        {
            CustomerId = stored!.CustomerId,
            Id = ids.Next<RepaymentId>(),
            OrganisationId = stored.OrganisationId,
            AccountId = stored.Id,
            ApplicationId = stored.ApplicationId,
            Amount = decided.Value.Amount,
            Method = Words.Read<PaymentMethod>(body.Text("paymentMethod")),
            Reference = record.Reference ?? stored.Reference,
            ReferenceMatches = decided.Value.ReferenceMatches,
            PaidOn = paidOn,
            BankAccountId = bankAccountId,
            Narration = body.TextOrNull("paymentNarration"),
            RecordedBy = context.By,
            RecordedAt = context.At,
        };
        await using (var batch = new NpgsqlBatch(connection))
        {
            RepaymentRecordStore.AddPendingTo(batch, [repayment]);
            var audited = Audited(repayment, stored.Collector);
            AuditTrail.AddTo(batch, [new(stored.OrganisationId, repayment.Id.AsSubject, context, audited)]);
            await batch.ExecuteNonQueryAsync(call.Cancellation);
        }

        var details = await RepaymentDetailsStore.FindAsync(
            connection,
            call.Caller.OrganisationId,
            repayment.Id,
            context,
            call.Cancellation
        );
        return Answer.Success(details!, MessageOf(decided.Value.BeyondPayable));
    }

    private AuditEntry Audited(NewRepayment repayment, string? collector) =>
        new(
            ids.Next<AuditEntryId>(),
            "REPAYMENT_RECORDED",
            JsonSerializer.Serialize(
                new
                {
                    repayment.AccountId,
                    repayment.Amount,
                    PaymentMethod = repayment.Method,
                    PaymentDate = repayment.PaidOn,
                    repayment.Reference,
                    Collector = collector,
                },
                Wire.Options
            )
        );

    private static string MessageOf(Money beyondPayable) =>
        "The repayment is recorded. It counts once another officer verifies it."
        + (
            beyondPayable.IsPositive
                ? $" It exceeds the total payable by {beyondPayable}, which would be kept for the customer."
                : ""
        );
}
