using System.Text.Json;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Notices;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Notices;

/// <summary>
/// A customer declines optional notices, or wants them again. Notices that the contract needs cannot be declined, and
/// those about the sign-in are always sent.
/// </summary>
public sealed class ChooseNotices(SingleWrites writes, Ids ids) : IUseCase
{
    private static readonly Field<IReadOnlyList<NoticeKind>> Declined = Field
        .Values(
            "declined",
            "All kinds that you do not want; each must be optional. Empty: you want all.",
            NoticeTemplate.Kinds.Count,
            Field.OneOf("kind", "", NoticeTemplate.Kinds)
        )
        .AsSet()
        .WithExample(new[] { "DUE_SOON" });

    public static Contract Contract { get; } =
        new Contract("Choose the notices that you get")
            .Reads(Declined)
            .Returns<IReadOnlyList<NoticeChoice>>()
            .Refuses(Refusals.ValidationFailed());

    public ValueTask<Answer> HandleAsync(Call call)
    {
        var required = call.Body.Get(Declined).Where(kind => !kind.IsOptional).Distinct().ToList();
        if (required.Count == 0)
            return writes.RunAsync(call, (connection, context) => ChooseAsync(connection, call, context));
        var optional = string.Join(", ", NoticeTemplate.Kinds.Where(kind => kind.IsOptional).Select(Words.Write));
        return ValueTask.FromResult(
            Answer.Refused(
                Refusals.ValidationFailed(
                    required
                        .Select(kind => new FieldError(
                            Declined.Name,
                            $"must not contain {Words.Write(kind)}, which is always sent. You may decline {optional}."
                        ))
                        .ToArray()
                )
            )
        );
    }

    private async ValueTask<Answer> ChooseAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        var declined = call.Body.Get(Declined).Distinct().ToList();
        var detail = JsonSerializer.Serialize(new { Declined = declined }, Wire.Options);
        await using (var batch = new NpgsqlBatch(connection))
        {
            NoticeChoiceStore.AddTo(batch, call.Caller.CustomerId, declined);
            AuditTrail.AddTo(
                batch,
                [
                    new(
                        call.Caller.OrganisationId,
                        call.Caller.UserId.AsSubject,
                        context,
                        new(ids.Next<AuditEntryId>(), "NOTICES_CHOSEN", detail)
                    ),
                ]
            );
            await batch.ExecuteNonQueryAsync(call.Cancellation);
        }

        return Answer.Success(await NoticeChoice.ListAsync(connection, call));
    }
}
