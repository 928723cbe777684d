using Microsoft.Extensions.Options;

namespace Paydown.Client;

/// <summary>Checks the settings when a host starts or a client is created; reports everything that is wrong.</summary>
internal sealed class PaydownClientOptionsValidator : IValidateOptions<PaydownClientOptions>
{
    public ValidateOptionsResult Validate(string? name, PaydownClientOptions options)
    {
        var errors = new List<string>();
        if (options.Address is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
            errors.Add($"{nameof(options.Address)} must be an absolute http or https address.");
        if (options.ApiToken is { } token && (token.Length == 0 || token.Any(c => c is < '!' or > '~')))
            errors.Add($"{nameof(options.ApiToken)} must be visible ASCII characters, or null.");
        if (options.AttemptsMax < 1)
            errors.Add($"{nameof(options.AttemptsMax)} must be at least 1.");
        if (options.AttemptTimeout <= TimeSpan.Zero)
            errors.Add($"{nameof(options.AttemptTimeout)} must be longer than zero.");
        if (options.RetryDelay < TimeSpan.Zero || options.RetryDelayMax < options.RetryDelay)
            errors.Add($"{nameof(options.RetryDelay)} must be from zero to {nameof(options.RetryDelayMax)}.");
        if (options.RefreshBefore < TimeSpan.Zero)
            errors.Add($"{nameof(options.RefreshBefore)} must not be negative.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
