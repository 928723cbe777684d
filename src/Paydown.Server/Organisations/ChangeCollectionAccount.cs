using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Organisations;

/// <summary>
/// A manager renames a bank account of the lender, closes it or opens it again. Its number and currency stay: another
/// number is another account. What it stands for in the ledger stays as well, because its entries are booked there.
/// </summary>
public sealed class ChangeCollectionAccount(SingleWrites writes, Ids ids) : IUseCase
{
    private static readonly Field<bool> IsClosed = Field
        .Boolean("isClosed", "Whether its statements are refused from now on.")
        .WithExample(false);

    public static Contract Contract { get; } =
        new Contract("Change, close or reopen a bank account of the lender")
            .Reads([
                CollectionAccountBody.Name,
                .. Field.SpelledOut([
                    CollectionAccountBody.BankCode,
                    CollectionAccountBody.BankName,
                    CollectionAccountBody.CsvProfile,
                ]),
                IsClosed,
            ])
            .Returns<OwnAccount>()
            .Refuses(Refusals.ValidationFailed(), Refusals.NotFound("collection account"));

    public ValueTask<Answer> HandleAsync(Call call) =>
        writes.RunAsync(call, (connection, context) => ChangeAsync(connection, call, context));

    private async ValueTask<Answer> ChangeAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        if (CollectionAccountBody.WrongProfile(call.Body) is { } wrong)
            return Answer.Refused(wrong);
        var before = await CollectionAccountStore.LockAsync(
            connection,
            call.Caller.OrganisationId,
            call.Path(OrganisationRoutes.CollectionAccountId),
            call.Cancellation
        );
        if (before is null)
            return Answer.Refused(Refusals.NotFound("collection account"));
        var after = before with
        {
            Name = call.Body.Get(CollectionAccountBody.Name),
            BankCode = call.Body.Get(CollectionAccountBody.BankCode),
            BankName = call.Body.Get(CollectionAccountBody.BankName),
            CsvProfile = call.Body.Get(CollectionAccountBody.CsvProfile),
            ClosedAt = call.Body.Get(IsClosed) ? before.ClosedAt ?? context.At : null,
        };
        await using var batch = new NpgsqlBatch(connection);
        CollectionAccountStore.AddChangeTo(batch, after);
        AuditTrail.AddTo(
            batch,
            [CollectionAccountBody.Audited(call, context, ids, after, "COLLECTION_ACCOUNT_CHANGED")]
        );
        await batch.ExecuteNonQueryAsync(call.Cancellation);
        return Answer.Success(after);
    }
}
