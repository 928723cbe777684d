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
using Paydown.Server.Platform.Telemetry;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Repayments;

/// <summary>
/// An officer records money that has arrived but was not reported, for example cash, a card payment or a collector's
/// transfer. It may exceed the debt, and the loan may be closed. Another officer must verify it; whatever exceeds the
/// debt is then owed to the customer.
/// </summary>
public sealed class RecordRepayment(
    SingleWrites writes,
    OrganisationDirectory organisations,
    Ids ids,
    Instruments instruments
) : IUseCase
{
    private static readonly Field<LoanId> AccountId = Field.Id<LoanId>(
        "accountId",
        "The loan account. Any state after disbursement is accepted, closed included."
    );
    private static readonly Field<decimal> RepaymentAmount = Field
        .Amount("repaymentAmount", "The amount that was paid: more than 0. It may exceed the total payable.")
        .WithExample(50000);
    private static readonly Field<PaymentMethod> Method = Field.OneOf(
        "paymentMethod",
        "How it was paid.",
        PaymentMethod.Cash,
        PaymentMethod.Card,
        PaymentMethod.BankTransfer,
        PaymentMethod.DirectDebit
    );
    private static readonly Field<Moment?> PaymentDate = Field
        .Moment("paymentDate", "When it was paid: from the day of disbursement to today. Absent: today.")
        .Optional()
        .WithExample("2026-01-31");
    private static readonly Field<string?> RepaymentReference = Field
        .Text(
            "repaymentReference",
            "The reference on the transfer or receipt. Absent: the loan's own reference.",
            1,
            64
        )
        .Cleaned()
        .Optional()
        .WithExample("RECEIPT 1042");
    private static readonly Field<string?> PaymentNarration = Field
        .Text("paymentNarration", "A note for officers and the customer.", 0, 255)
        .Optional()
        .WithExample("Paid in cash at the branch");
    private static readonly Field<BankAccountId?> BankAccountId = Field
        .Id<BankAccountId>("bankAccountId", "The customer's bank account that the money came from, if known.")
        .Optional()
        .NotInExamples();

    public static Contract Contract { get; } =
        new Contract("Record a repayment that no customer reported")
            .Reads(AccountId, RepaymentAmount, Method, PaymentDate, RepaymentReference, PaymentNarration, BankAccountId)
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
        var paidOn = call.Body.Get(PaymentDate)?.DateIn(organisation.TimeZone);
        var answer = await writes.RunAsync(
            call,
            (connection, context) => RecordAsync(connection, call, paidOn ?? context.Today, context)
        );
        if (answer is { IsSuccess: true, IsReplayed: false })
            instruments.Recorded();
        return answer;
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
            body.Get(AccountId),
            forUpdate: true,
            call.Cancellation
        );
        var bankAccountId = body.Get(BankAccountId);
        var record = new OfficerRecord
        {
            Amount = body.Get(RepaymentAmount),
            PaidOn = paidOn,
            Reference = body.Get(RepaymentReference),
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
            Amount = decided.Value.Amount,
            Method = body.Get(Method),
            Reference = record.Reference ?? stored.Reference,
            ReferenceMatches = decided.Value.ReferenceMatches,
            PaidOn = paidOn,
            BankAccountId = bankAccountId,
            Narration = body.Get(PaymentNarration),
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
        return Answer.Success(details!, MessageOf(decided.Value.BeyondPayable)).About(repayment.Id.AsSubject);
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
