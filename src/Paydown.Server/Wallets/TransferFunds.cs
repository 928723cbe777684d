using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Wallets;
using Paydown.Server.BankAccounts;
using Paydown.Server.Payments;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Wallets;

/// <summary>
/// A customer sends money from the wallet to their own bank account. Amount and fee leave the wallet at once;
/// <see cref="PaymentDispatcher"/> hands the transfer to the payment partner later.
/// </summary>
public sealed class TransferFunds(
    SingleWrites writes,
    TransactionPins pins,
    TransferChanges changes,
    IPaymentPartner partner,
    Ids ids
) : IUseCase
{
    private static readonly Field<CustomerId> CustomerId = Field.Id<CustomerId>("customerId", "The customer's own id.");
    private static readonly Field<decimal> Amount = Field
        .Amount("amount", "The amount that the bank account receives. The fee is taken from the wallet on top.")
        .WithExample(25_000m);
    private static readonly Field<BankAccountId> BankAccountId = Field.Id<BankAccountId>(
        "bankAccountId",
        "The customer's bank account. The next three fields must match it."
    );
    private static readonly Field<string> AccountNumber = CreateBankAccount.AccountNumber.WithExample("0123456785");
    private static readonly Field<string> BankCode = CreateBankAccount.BankCode.WithExample("058");
    private static readonly Field<string?> Description = Field
        .Text("description", "A note that is sent with the transfer.", 0, 140)
        .Optional()
        .WithExample("Rent");

    public static Contract Contract { get; } =
        new Contract("Send money from the wallet to a bank account")
            .Reads(
                CustomerId,
                Amount,
                BankAccountId,
                AccountNumber,
                BankCode,
                CreateBankAccount.AccountName,
                SetTransactionPin.TransactionPin,
                Description
            )
            .Returns<TransferRequested>()
            .Refuses(
                Refusals.CustomerMismatch(),
                Refusals.BankAccountMismatch(),
                Refusals.TransferAccountMismatch(["accountNumber"]),
                Refusals.TransferAmountInvalid(Sample.Amount),
                Refusals.PaymentsNotConfigured(),
                Refusals.TransactionPinRequired(),
                Refusals.TransactionPinNotSet(),
                TransactionPins.Wrong,
                TransactionPins.Locked(900),
                Refusals.InsufficientFunds(Sample.Amount, Sample.Amount)
            );

    public ValueTask<Answer> HandleAsync(Call call) =>
        writes.RunAsync(call, (connection, context) => DecideAsync(connection, call, context));

    private async ValueTask<Answer> DecideAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        var (caller, body, token) = (call.Caller, call.Body, call.Cancellation);
        var terms = await TransferStore.ReadTermsAsync(connection, caller.OrganisationId, token);
        var account = await BankAccountStore.FindAsync(connection, caller.CustomerId, body.Get(BankAccountId), token);
        var amount = TransferRules.Request(
            RequestOf(call),
            account is null ? null : new(account.BankCode, account.AccountNumber, account.AccountName),
            terms.Currency
        );
        if (amount.IsRefused)
            return Answer.Refused(amount.Refusal);
        if (!partner.TakesTransfers)
            return Answer.Refused(Refusals.PaymentsNotConfigured());
        var pinRefusal = await pins.CheckAsync(
            connection,
            caller.CustomerId,
            caller.OrganisationId,
            body.Get(SetTransactionPin.TransactionPin),
            takesMoney: true,
            token
        );
        if (pinRefusal is not null)
            return Answer.Refused(pinRefusal);

        var balance = await WalletStore.LockAsync(
            connection,
            caller.CustomerId,
            caller.OrganisationId,
            terms.Currency,
            token
        );
        if (TransferRules.Afford(amount.Value, terms.Fee, balance) is { } refusal)
            return Answer.Refused(refusal);

        var transfer = TransferOf(call, context, account!, amount.Value, terms.Fee);
        var requested = await changes.RequestAsync(connection, transfer, context.Today, token);
        return Answer
            .Success(TransferRequested.Of(requested), "Your transfer is on its way.")
            .About(requested.Transfer.Id.AsSubject);
    }

    private static TransferRequest RequestOf(Call call) =>
        new(
            call.Caller.CustomerId,
            call.Body.Get(CustomerId),
            call.Body.Get(Amount),
            call.Body.Get(BankCode),
            call.Body.Get(AccountNumber),
            call.Body.Get(CreateBankAccount.AccountName)
        );

    private Transfer TransferOf(Call call, ActionContext context, BankAccount account, Money amount, Money fee) =>
        new()
        {
            CustomerId = call.Caller.CustomerId,
            Id = ids.Next<TransferId>(),
            OrganisationId = call.Caller.OrganisationId,
            Amount = amount,
            Fee = fee,
            BankAccountId = account.AccountId,
            AccountNumber = account.AccountNumber,
            AccountName = account.AccountName,
            BankCode = account.BankCode,
            BankName = account.BankName,
            Description = call.Body.Get(Description) is { Length: > 0 } text ? text : null,
            ExpectedAt = context.At + partner.UsualDuration,
            RecordedAt = context.At,
        };
}
