namespace Paydown.Lending.Tests.Endurance;

/// <summary>
/// A law of lending does not hold. The law is its name, always the same; the message has the figures.
/// </summary>
internal sealed class LawBrokenException(string law, string figures) : Exception($"{law}: {figures}")
{
    public string Law { get; } = law;
}
