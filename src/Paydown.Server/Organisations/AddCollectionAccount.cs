using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Organisations;

/// <summary>A manager adds a bank account of the lender, so that its statements can be imported.</summary>
public sealed class AddCollectionAccount(SingleWrites writes, Ids ids) : IUseCase
{
    private static readonly Field<string> CurrencyCode = Field
        .Text("currencyCode", "The account's currency, ISO 4217.", 3, 3)
        .Matching("^[A-Z]{3}$", "three capital letters")
        .WithExample("EUR");

    public static Contract Contract { get; } =
        new Contract("Add a bank account of the lender")
            .Reads(
                CollectionAccountBody.Name,
                CollectionAccountBody.AccountNumber,
                CollectionAccountBody.BankCode,
                CollectionAccountBody.BankName,
                CurrencyCode,
                CollectionAccountBody.StandsFor,
                CollectionAccountBody.CsvProfile
            )
            .Returns<OwnAccount>()
            .Refuses(Refusals.ValidationFailed(), Refusals.CollectionAccountExists());

    public ValueTask<Answer> HandleAsync(Call call) =>
        writes.RunAsync(call, (connection, context) => AddAsync(connection, call, context));

    private async ValueTask<Answer> AddAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        var body = call.Body;
        if (CollectionAccountBody.WrongProfile(body) is { } wrong)
            return Answer.Refused(wrong);
        if (Currency.Find(body.Get(CurrencyCode)) is null)
            return Answer.Refused(
                Refusals.ValidationFailed(new FieldError(CurrencyCode.Name, "must be a currency of ISO 4217."))
            );
        var account = new OwnAccount
        {
            Id = ids.Next<CollectionAccountId>(),
            Name = body.Get(CollectionAccountBody.Name),
            AccountNumber = OwnAccount.NumberOf(body.Get(CollectionAccountBody.AccountNumber)),
            BankCode = body.Get(CollectionAccountBody.BankCode),
            BankName = body.Get(CollectionAccountBody.BankName),
            CurrencyCode = body.Get(CurrencyCode),
            LedgerAccount = body.Get(CollectionAccountBody.StandsFor),
            CsvProfile = body.Get(CollectionAccountBody.CsvProfile),
            ClosedAt = null,
        };
        if (account.AccountNumber == "")
        {
            return Answer.Refused(
                Refusals.ValidationFailed(
                    new FieldError(CollectionAccountBody.AccountNumber.Name, "must have letters or digits.")
                )
            );
        }

        var isNew = await CollectionAccountStore.AddAsync(
            connection,
            call.Caller.OrganisationId,
            account,
            context.At,
            call.Cancellation
        );
        if (!isNew)
            return Answer.Refused(Refusals.CollectionAccountExists());
        await using var batch = new NpgsqlBatch(connection);
        AuditTrail.AddTo(
            batch,
            [CollectionAccountBody.Audited(call, context, ids, account, "COLLECTION_ACCOUNT_ADDED")]
        );
        await batch.ExecuteNonQueryAsync(call.Cancellation);
        return Answer.Success(account);
    }
}
