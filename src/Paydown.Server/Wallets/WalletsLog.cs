using Paydown.Lending.Identifiers;
using Paydown.Lending.Wallets;

namespace Paydown.Server.Wallets;

internal static partial class WalletsLog
{
    [LoggerMessage(70, LogLevel.Warning, "A round of payments failed; the next round retries")]
    public static partial void RoundFailed(ILogger logger, Exception exception);

    [LoggerMessage(
        71,
        LogLevel.Error,
        "Transfer {TransferId} is {Current}, but the payment partner reports {Reported}: nothing was booked; "
            + "ask the partner"
    )]
    public static partial void LateContradiction(
        ILogger logger,
        TransferId transferId,
        TransferStatus current,
        TransferStatus reported
    );
}
