from journeys.admin import channels, personas

__all__ = ["channels", "personas"]
